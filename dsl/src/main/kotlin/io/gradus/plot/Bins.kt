package io.gradus.plot

import io.gradus.Tensor
import io.gradus.tensor.error.InvalidArgumentException

/** How often the elements of a tensor lie between limits of equal distance. */
internal class Bins(values: Tensor, bins: Int) {
    val counts: LongArray

    /** The limit below the first count. */
    val from: Double

    /** The distance of two limits. */
    val width: Double

    init {
        if (bins < 1) throw InvalidArgumentException("[histogram] needs at least 1 bin, but got $bins")
        counts = LongArray(bins)
        val all = values.doubleArray()
        var least = Double.POSITIVE_INFINITY
        var most = Double.NEGATIVE_INFINITY
        for (v in all) {
            if (v.isFinite()) {
                least = minOf(least, v)
                most = maxOf(most, v)
            }
        }
        if (least > most) {
            least = 0.0
            most = 0.0
        }
        // Divided before they are subtracted: the distance of two numbers may be too large for one.
        val wide = most / bins - least / bins
        from = if (wide > 0) least else least - ALONE / 2
        width = if (wide > 0) wide else ALONE / bins
        for (v in all) {
            if (v.isFinite()) counts[place(v).toInt().coerceIn(0, bins - 1)]++
        }
    }

    private fun place(v: Double): Double {
        val distance = v - from
        return if (distance.isFinite()) distance / width else v / width - from / width
    }

    /** The limit below count [i]. */
    fun limit(i: Int): Double = from + i * width

    companion object {
        /** The width of all bins together where all numbers are the same. */
        private const val ALONE = 1.0
    }
}
