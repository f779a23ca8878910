/** Sorting along an axis, and the first few of a sort. */
@NullMarked
package io.gradus.backend.cpu.sort;

import org.jspecify.annotations.NullMarked;
