/**
 * Elementwise kernels: programs compiled to loops over tiles that stay in the first-level cache.
 *
 * <p>Also what other kernels need to evaluate a program over a range ({@code TileEvaluator}) and to
 * read and write elements of any dtype ({@code Conversions}). The loops of single operations are in
 * {@code lanes}.
 */
@NullMarked
package io.gradus.backend.cpu.elementwise;

import org.jspecify.annotations.NullMarked;
