package io.gradus.dsl

import io.gradus.Tensor
import io.kotest.matchers.shouldBe

/** Shape, dtype and elements, in the notation of lists. */
internal infix fun Tensor.shouldHold(rows: List<*>) {
    nested(shape.toArray().toList(), doubleArray().toList()) shouldBe numbers(rows)
}

private fun nested(shape: List<Long>, values: List<Double>): List<Any> {
    if (shape.size <= 1) return values
    val size = shape[0].toInt()
    val rest = shape.drop(1)
    return if (size == 0) emptyList() else values.chunked(values.size / size).map { nested(rest, it) }
}

private fun numbers(rows: List<*>): List<Any?> = rows.map {
    when (it) {
        is List<*> -> numbers(it)
        is Number -> it.toDouble()
        is Boolean -> if (it) 1.0 else 0.0
        else -> it
    }
}
