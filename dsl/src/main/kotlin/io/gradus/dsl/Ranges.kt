package io.gradus.dsl

import io.gradus.Index
import io.gradus.tensor.layout.Slice

/** A whole dimension: `x[all, 0]` is the first column. */
public val all: Index get() = Index.ALL

/** All dimensions that the other parts of the subscript leave over: `x[ellipsis, -1]`. */
public val ellipsis: Index get() = Index.ELLIPSIS

/** A new dimension of size 1: `x[all, newAxis]`. */
public val newAxis: Index get() = Index.NEW_AXIS

/** The last position of a dimension: `x[1..end]` is all but the first, `x[1..<end]` also leaves out the last. */
public val end: End = End(-1)

/**
 * A position that is counted from the last one, as `end - 1`.
 *
 * @property position the same as a negative number
 */
public class End internal constructor(internal val position: Long) {
    /** The position [distance] before this one. */
    public operator fun minus(distance: Int): End = minus(distance.toLong())

    /** The position [distance] before this one. */
    public operator fun minus(distance: Long): End {
        require(distance >= 0) { "[index] nothing is after the end: end - ($distance)" }
        return End(position - distance)
    }

    /** From here to another position counted from the end, both included. */
    public operator fun rangeTo(last: End): Index.Range = range(position, last)

    /** From here to another position counted from the end, which is left out. */
    public operator fun rangeUntil(stop: End): Index.Range = Index.Range(Slice(position, stop.position, 1))

    /** From here to a position counted from the start, both included. */
    public operator fun rangeTo(last: Int): Index.Range = Index.Range(Slice(position, last + 1L, 1))

    /** From here to a position counted from the start, which is left out. */
    public operator fun rangeUntil(stop: Int): Index.Range = Index.Range(Slice(position, stop.toLong(), 1))

    override fun toString(): String = if (position == -1L) "end" else "end - ${-1 - position}"
}

/** From this position to one counted from the end, both included: `1..end`. */
public operator fun Int.rangeTo(last: End): Index.Range = range(toLong(), last)

/** From this position to one counted from the end, both included. */
public operator fun Long.rangeTo(last: End): Index.Range = range(this, last)

/** From this position to one counted from the end, which is left out: `1..<end`. */
public operator fun Int.rangeUntil(stop: End): Index.Range = Index.Range(Slice(toLong(), stop.position, 1))

/** From this position to one counted from the end, which is left out. */
public operator fun Long.rangeUntil(stop: End): Index.Range = Index.Range(Slice(this, stop.position, 1))

/** From this position to one counted from the end, which is left out: `1 until end`. */
public infix fun Int.until(stop: End): Index.Range = this..<stop

/** Every [step]th position of the range: `1..end step 2`. */
public infix fun Index.Range.step(step: Int): Index.Range = Index.Range(slice().step(step.toLong()))

/** Every [step]th position of the dimension: `all step 2`. */
public infix fun Index.step(step: Int): Index.Range {
    require(this is Index.Range) { "[index] only a range has a step, but got $this" }
    return Index.Range(slice().step(step.toLong()))
}

private fun range(first: Long, last: End): Index.Range =
    Index.Range(Slice(first, if (last.position == -1L) null else last.position + 1, 1))
