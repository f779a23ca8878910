package io.gradus.plot

import io.gradus.Tensor
import io.gradus.tensor.error.InvalidArgumentException

/** How often the elements of a tensor lie between limits of equal distance. */
internal class Bins(values: Tensor, bins: Int) {
    val counts: LongArray = LongArray(bins)

    /** The limit below the first count. */
    val from: Double

    /** The distance of two limits. */
    val width: Double

    init {
        if (bins < 1) throw InvalidArgumentException("[histogram] needs at least 1 bin, but got $bins")
        val finite = values.doubleArray().filter { it.isFinite() }
        val least = finite.minOrNull() ?: 0.0
        val most = finite.maxOrNull() ?: 0.0
        // Divided before they are subtracted: the distance of two numbers may be too large for one.
        val wide = most / bins - least / bins
        from = if (wide > 0) least else least - ALONE / 2
        width = if (wide > 0) wide else ALONE / bins
        for (v in finite) {
            counts[((v / width - from / width).toInt()).coerceIn(0, bins - 1)]++
        }
    }

    /** The limit below count [i]. */
    fun limit(i: Int): Double = from + i * width

    companion object {
        /** The width of all bins together where all numbers are the same. */
        private const val ALONE = 1.0
    }
}
