package io.gradus.dsl

import io.gradus.Index
import io.gradus.Tensor
import io.gradus.tensor.error.InvalidArgumentException
import io.gradus.tensor.layout.Slice

/*
 * Subscripts: x[0], x[all, 1 until 3], x[ellipsis, -1], x[1..end], x[mask], and writing through each.
 */

/**
 * The part of the tensor that the subscript names, as [Tensor.get].
 *
 * Numbers, ranges, [all], [ellipsis], [newAxis] and [end] give a view; tensors, arrays and lists (positions, or a
 * mask of truth values) a copy. A range past the end is cut off there, `0..-1` is empty, and a range of negative
 * numbers counts from the end, so that `-3..-1` is the last three.
 *
 * @throws InvalidArgumentException for anything else
 */
public operator fun Tensor.get(vararg index: Any): Tensor = get(*parts(index))

/** Writes [value], broadcast, into the part that the subscript names; keeps the memory. */
public operator fun Tensor.set(vararg index: Any, value: Tensor) {
    set(value, *parts(index))
}

/** Writes one number everywhere into the part that the subscript names. */
public operator fun Tensor.set(vararg index: Any, value: Number) {
    set(value, *parts(index))
}

/** Writes one truth value everywhere into the part that the subscript names. */
public operator fun Tensor.set(vararg index: Any, value: Boolean) {
    set(Tensor.full(longArrayOf(), value).to(device()), *parts(index))
}

private fun parts(index: Array<out Any>): Array<Index> = Array(index.size) { part(index[it]) }

private fun part(index: Any): Index = when (index) {
    is Index -> index

    is Int -> Index.at(index.toLong())

    is Long -> Index.at(index)

    is Short -> Index.at(index.toLong())

    is Byte -> Index.at(index.toLong())

    is End -> Index.at(index.position)

    is IntProgression -> range(
        index,
        index.isEmpty(),
        index.first.toLong(),
        index.last.toLong(),
        index.step.toLong(),
    )

    is LongProgression -> range(index, index.isEmpty(), index.first, index.last, index.step)

    is Slice -> Index.of(index)

    is Tensor -> Index.of(index)

    is Boolean -> Index.of(Tensor.full(longArrayOf(), index))

    is IntArray, is LongArray, is BooleanArray -> Index.of(Tensor.tensor(index))

    is List<*> -> Index.of(if (index.isEmpty()) Tensor.tensor(longArrayOf()) else Tensor.tensor(index as Any))

    else -> throw InvalidArgumentException(
        "[index] only integers, ranges, all, ellipsis, newAxis, end, and tensors, arrays or lists of positions or " +
            "truth values are valid indices, but got ${index::class.simpleName}: $index",
    )
}

/** An ascending range of Kotlin's, both ends included, as a half-open slice. */
private fun range(range: Any, empty: Boolean, first: Long, last: Long, step: Long): Index {
    if (step < 0) {
        throw InvalidArgumentException(
            "[index] a step must be positive, but got $range: take the ascending range and flip it",
        )
    }
    if (empty) return Index.slice(0, 0)
    if (first < 0 && last >= 0) {
        throw InvalidArgumentException(
            "[index] the range $range starts counting from the end and stops counting from the start: " +
                "write (end - ${-first - 1})..$last if that is meant",
        )
    }
    // After -1, the last position, comes no number: 0 would be the first one again.
    return Index.of(Slice(first, if (last == -1L) null else last + 1, step))
}
