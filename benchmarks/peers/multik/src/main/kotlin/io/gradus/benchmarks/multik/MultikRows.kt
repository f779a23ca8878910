package io.gradus.benchmarks.multik

import io.gradus.benchmarks.Inputs
import io.gradus.benchmarks.LibraryRows
import io.gradus.benchmarks.LibraryRows.Preparation
import io.gradus.benchmarks.LibraryRows.Work
import io.gradus.benchmarks.Operation
import io.gradus.benchmarks.Row
import org.jetbrains.kotlinx.multik.api.KEEngineType
import org.jetbrains.kotlinx.multik.api.NativeEngineType
import org.jetbrains.kotlinx.multik.api.linalg.dot
import org.jetbrains.kotlinx.multik.api.math.exp
import org.jetbrains.kotlinx.multik.api.mk
import org.jetbrains.kotlinx.multik.api.ndarray
import org.jetbrains.kotlinx.multik.ndarray.data.D1Array
import org.jetbrains.kotlinx.multik.ndarray.data.D2Array
import org.jetbrains.kotlinx.multik.ndarray.data.get
import org.jetbrains.kotlinx.multik.ndarray.operations.plus
import org.jetbrains.kotlinx.multik.ndarray.operations.plusAssign
import org.jetbrains.kotlinx.multik.ndarray.operations.sorted
import org.jetbrains.kotlinx.multik.ndarray.operations.times

/**
 * The rows of Multik, with its OpenBLAS engine: arithmetic, products, sums and sorting. It neither
 * broadcasts nor records gradients, and of the row's functions it has `exp` alone.
 */
public class MultikRows : LibraryRows {
    init {
        mk.setEngine(NativeEngineType)
    }

    override fun of(row: Row): Preparation? = when (row.operation()) {
        Operation.ADD,
        Operation.ADD_IN_PLACE,
        Operation.MUL,
        Operation.EXP,
        Operation.SUM,
        Operation.MAX,
        Operation.MEAN,
        Operation.SORT,
        Operation.CUMSUM,
        -> Preparation { vectors(row) }

        Operation.ADD_TRANSPOSED,
        Operation.COPY_TRANSPOSED,
        -> Preparation { transposed(row) }

        Operation.SUM_DIM0,
        Operation.SUM_DIM1,
        Operation.ARGMAX_DIM1,
        -> Preparation { reductions(row) }

        Operation.MATMUL -> Preparation { product(row) }

        Operation.MATMUL_F64 -> Preparation { doubleProduct(row) }

        Operation.ADD_RECORDING,
        Operation.HUNDRED,
        Operation.RELU,
        Operation.TANH,
        Operation.SIGMOID,
        Operation.GELU,
        Operation.CHAIN,
        Operation.ADD_ROW,
        Operation.VAR,
        Operation.VAR_DIM1,
        Operation.SOFTMAX,
        Operation.LOG_SOFTMAX,
        Operation.LAYER_NORM,
        Operation.CONVOLVE,
        Operation.TOPK,
        Operation.INDEX_SELECT,
        Operation.GATHER,
        Operation.EMBEDDING,
        Operation.RANDN,
        Operation.MAX_POOL,
        Operation.MLP_FORWARD,
        Operation.MLP_SGD,
        Operation.MLP_ADAM,
        Operation.CNN_FORWARD,
        Operation.CNN_SGD,
        Operation.FIRST_RESULT,
        Operation.RESIDENT,
        Operation.WARM_UP,
        -> null
    }

    override fun first(): Float {
        val ones = FloatArray(8) { 1f }
        return (mk.ndarray(ones) + mk.ndarray(ones))[0]
    }

    private fun vectors(row: Row): Work {
        val n = row.size(0)
        val x: D1Array<Float> = mk.ndarray(Inputs.normal(n, 1))
        val y: D1Array<Float> = mk.ndarray(Inputs.normal(n, 2))
        return when (row.operation()) {
            Operation.ADD -> Work { x + y }
            Operation.ADD_IN_PLACE -> Work { x.also { it += y } }
            Operation.MUL -> Work { x * y }
            Operation.EXP -> Work { mk.math.exp(x) }
            Operation.SUM -> Work { mk.math.sum(x) }
            Operation.MAX -> Work { mk.math.max(x) }
            Operation.MEAN -> Work { mk.stat.mean(x) }
            Operation.SORT -> Work { x.sorted() }
            else -> Work { mk.math.cumSum(x) }
        }
    }

    private fun transposed(row: Row): Work {
        val side = row.size(0)
        val x = matrix(side, side, 1)
        return when (row.operation()) {
            Operation.ADD_TRANSPOSED -> Work { x.transpose() + x }
            else -> Work { x.transpose().deepCopy() }
        }
    }

    /** The OpenBLAS engine has no reductions of one dimension; the Kotlin engine has. */
    private fun reductions(row: Row): Work {
        mk.setEngine(KEEngineType)
        val side = row.size(0)
        val x = matrix(side, side, 1)
        return when (row.operation()) {
            Operation.SUM_DIM0 -> Work { mk.math.sumD2(x, 0) }
            Operation.SUM_DIM1 -> Work { mk.math.sumD2(x, 1) }
            else -> Work { mk.math.argMaxD2(x, 1) }
        }
    }

    private fun product(row: Row): Work {
        val a = matrix(row.size(0), row.size(1), 1)
        val b = matrix(row.size(1), row.size(2), 2)
        return Work { mk.linalg.dot(a, b) }
    }

    private fun doubleProduct(row: Row): Work {
        val (m, k, n) = List(3) { row.size(it) }
        val a: D2Array<Double> = mk.ndarray(Inputs.normalDoubles(m * k, 1), m, k)
        val b: D2Array<Double> = mk.ndarray(Inputs.normalDoubles(k * n, 2), k, n)
        return Work { mk.linalg.dot(a, b) }
    }

    private fun matrix(rows: Int, columns: Int, seed: Long): D2Array<Float> =
        mk.ndarray(Inputs.normal(rows * columns, seed), rows, columns)
}
