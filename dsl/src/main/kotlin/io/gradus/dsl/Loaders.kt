package io.gradus.dsl

import io.gradus.data.DataLoader
import io.gradus.data.Dataset
import io.gradus.data.Splits
import io.gradus.data.Subset
import io.gradus.random.Generator
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow

/** One pass over the loader as a cold flow; the order is drawn when it is collected. */
public fun <T : Any, B : Any> DataLoader<T, B>.asFlow(): Flow<B> = Iterable { iterator() }.asFlow()

/** Random parts by weight, such as `set.split(8, 1, 1, generator = Generator(1))`. */
public fun <T : Any> Dataset<T>.split(vararg weights: Number, generator: Generator): List<Subset<T>> =
    Splits.randomSplit(this, DoubleArray(weights.size) { weights[it].toDouble() }, generator)
