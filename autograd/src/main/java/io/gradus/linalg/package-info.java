/**
 * Decompositions of matrices and what follows from them, with their gradients.
 *
 * <p>They run on the host in {@code f64} whatever the dtype and device; matrix products are in
 * {@code exec}. The decompositions themselves are EJML's, behind {@code Lu}, {@code Householder},
 * {@code Spectrum} and {@code Choleskies}, which give them LAPACK's conventions of signs, order and
 * pivots; only {@code BunchKaufman}, which EJML lacks, is written out here.
 */
@NullMarked
package io.gradus.linalg;

import org.jspecify.annotations.NullMarked;
