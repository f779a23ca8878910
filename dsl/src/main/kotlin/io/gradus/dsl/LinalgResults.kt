package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.linalg.Linalg

/*
 * The parts of decompositions, by destructuring.
 */

/** The orthonormal columns: `val (q, r) = Linalg.qr(a)`. */
public operator fun Linalg.Qr.component1(): Tensor = q

/** The upper triangular factor. */
public operator fun Linalg.Qr.component2(): Tensor = r

/** Both factors in one matrix: `val (lu, pivots) = Linalg.luFactor(a)`. */
public operator fun Linalg.LuFactors.component1(): Tensor = lu

/** The row exchanges. */
public operator fun Linalg.LuFactors.component2(): Tensor = pivots

/** The eigenvalues in ascending order: `val (values, vectors) = Linalg.eigh(a)`. */
public operator fun Linalg.Eigh.component1(): Tensor = eigenvalues

/** The eigenvectors, as columns. */
public operator fun Linalg.Eigh.component2(): Tensor = eigenvectors

/** The left singular vectors: `val (u, s, vh) = Linalg.svd(a)`. */
public operator fun Linalg.Svd.component1(): Tensor = u

/** The singular values in descending order. */
public operator fun Linalg.Svd.component2(): Tensor = s

/** The right singular vectors, as rows. */
public operator fun Linalg.Svd.component3(): Tensor = vh

/** The sign of the determinant: `val (sign, logabsdet) = Linalg.slogdet(a)`. */
public operator fun Linalg.SignLogDet.component1(): Tensor = sign

/** The logarithm of its absolute value. */
public operator fun Linalg.SignLogDet.component2(): Tensor = logabsdet

/** The permutation: `val (p, l, u) = Linalg.lu(a)`. */
public operator fun Linalg.PermutedFactors.component1(): Tensor = p

/** The lower triangle, with ones on the diagonal. */
public operator fun Linalg.PermutedFactors.component2(): Tensor = l

/** The upper triangle. */
public operator fun Linalg.PermutedFactors.component3(): Tensor = u

/** The eigenvalues as complex pairs: `val (values, vectors) = Linalg.eig(a)`. */
public operator fun Linalg.Eig.component1(): Tensor = eigenvalues

/** The eigenvectors as columns of complex pairs. */
public operator fun Linalg.Eig.component2(): Tensor = eigenvectors

/** The solution: `val (solution, residuals) = Linalg.lstsq(a, b)`. */
public operator fun Linalg.LeastSquares.component1(): Tensor = solution

/** The sums of squares that are left, where the driver reports them. */
public operator fun Linalg.LeastSquares.component2(): Tensor = residuals
