package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.tensor.dtype.DType
import io.gradus.tensor.layout.Slice
import io.kotest.property.Arb
import io.kotest.property.PropTestConfig
import io.kotest.property.arbitrary.arbitrary
import io.kotest.property.checkAll
import kotlin.random.Random

/** Tensors of one arbitrary shape, with arbitrary strides, and something to choose with. */
internal class Shaped(val sizes: List<Long>, val random: Random) {
    val rank get() = sizes.size
    val dim = random.nextInt(sizes.size)
    val size get() = sizes[dim]

    fun whole(dtype: DType = WHOLE.random(random)) = strided(sizes, dtype) { random.nextInt(-9, 10).toDouble() }

    fun floating(dtype: DType = FLOATING.random(random)) = strided(sizes, dtype) { random.nextDouble(-3.0, 3.0) }

    fun any(): Tensor = if (random.nextBoolean()) whole() else floating()

    fun flags(): Tensor = whole(i32).gt(0)

    /** All dimensions in some order. */
    fun order() = sizes.indices.shuffled(random).toIntArray()

    fun matrix(rows: Long, columns: Long, dtype: DType) =
        strided(listOf(rows, columns), dtype) { random.nextInt(-9, 10).toDouble() }

    private fun strided(sizes: List<Long>, dtype: DType, next: () -> Double): Tensor {
        val d = random.nextInt(sizes.size)
        val e = random.nextInt(sizes.size)
        return when (random.nextInt(3)) {
            0 -> {
                val turned = sizes.toMutableList()
                turned[d] = sizes[e]
                turned[e] = sizes[d]
                dense(turned, dtype, next).transpose(d, e)
            }

            1 -> {
                val wider = sizes.toMutableList()
                wider[d] = sizes[d] * 2 + 1
                dense(wider, dtype, next).slice(d, Slice(1, null, 2))
            }

            else -> dense(sizes, dtype, next)
        }
    }

    private fun dense(sizes: List<Long>, dtype: DType, next: () -> Double): Tensor {
        val n = sizes.fold(1L) { a, b -> a * b }.toInt()
        return Tensor.tensor(*DoubleArray(n) { next() }).to(dtype).view(*sizes.toLongArray())
    }

    override fun toString() = "sizes $sizes, dim $dim"

    private companion object {
        val WHOLE = listOf(i64, i32, i16, i8)
        val FLOATING = listOf(f32, f64)
    }
}

private val shapes: Arb<Shaped> = arbitrary { source ->
    val random = source.random
    val rank = random.nextInt(1, 5)
    Shaped(List(rank) { if (random.nextInt(20) == 0) 0L else random.nextLong(1, 5) }, Random(random.nextLong()))
}

/** Tries a law; the seed is printed when it fails. */
internal suspend fun always(law: (Shaped) -> Unit) {
    val seed = System.getProperty("gradus.property.seed")?.toLong() ?: 1L
    val times = System.getProperty("gradus.property.times")?.toInt() ?: 1
    checkAll(PropTestConfig(seed = seed, iterations = 60 * times), shapes) { law(it) }
}

/** Shape, dtype and elements. */
internal infix fun Tensor.shouldEqual(other: Tensor) {
    check(dtype() == other.dtype() && equal(other)) { "$this\n is not\n$other" }
}
