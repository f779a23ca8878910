/**
 * Decompositions of matrices and what follows from them.
 *
 * <p>They run on the host in {@code f64} whatever the dtype and device; matrix products are in
 * {@code exec}.
 */
@NullMarked
package io.gradus.linalg;

import org.jspecify.annotations.NullMarked;
