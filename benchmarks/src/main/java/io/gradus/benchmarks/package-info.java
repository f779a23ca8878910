/**
 * What is measured and how: the rows, the libraries, and the one JMH benchmark that runs a row of a
 * library; no driver and no table here.
 */
@NullMarked
package io.gradus.benchmarks;

import org.jspecify.annotations.NullMarked;
