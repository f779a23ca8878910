/**
 * Decompositions of matrices and what follows from them, with their gradients.
 *
 * <p>They run on the host in {@code f64} whatever the dtype and device; matrix products are in
 * {@code exec}. The decompositions themselves are EJML's, behind {@code Lu}, {@code Householder},
 * {@code Spectrum} and {@code Choleskies}, which give them LAPACK's conventions of signs, order and
 * pivots; only {@code BunchKaufman}, which EJML lacks, is written out here.
 *
 * <p>Measured against plain Java loops (Jacobi rotations for spectra), EJML 0.44, one thread of a
 * busy Zen 5, best of a second, microseconds for random matrices of 16, 64 and 256 rows:
 *
 * <table>
 * <caption>Plain Java / EJML</caption>
 * <tr><th>decomposition<th>16<th>64<th>256
 * <tr><td>Cholesky<td>0.4 / 0.6<td>14 / 19<td>956 / 1022
 * <tr><td>LU<td>1.4 / 1.5<td>47 / 39<td>2293 / 2204
 * <tr><td>QR with Q<td>4.5 / 3.0<td>211 / 104<td>114868 / 6802
 * <tr><td>SVD<td>414 / 23<td>42866 / 664<td>9651430 / 44788
 * <tr><td>symmetric eigenvalues<td>591 / 13<td>41658 / 343<td>6964739 / 25654
 * </table>
 *
 * <p>Relative errors of the products of the factors for 256 rows: Cholesky 2.3e-15 both, QR 2.8e-15
 * and 2.2e-15, SVD 5.2e-14 and 2.4e-14, eigenvalues 1.1e-13 and 5.4e-15.
 */
@NullMarked
package io.gradus.linalg;

import org.jspecify.annotations.NullMarked;
