/** Calls everything public with arbitrary arguments; says nothing about what the results are. */
@NullMarked
package io.gradus.fuzz;

import org.jspecify.annotations.NullMarked;
