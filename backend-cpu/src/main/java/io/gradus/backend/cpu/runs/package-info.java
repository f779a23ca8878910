/**
 * Copies between operands of any dtype and layout and dense arrays of compute types, on which the
 * reduce, scan, sort and contract rooms work. No arithmetic beyond conversion and programs.
 */
@NullMarked
package io.gradus.backend.cpu.runs;

import org.jspecify.annotations.NullMarked;
