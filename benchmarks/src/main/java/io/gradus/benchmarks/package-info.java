/** Measurements of Gradus beside other libraries; nothing here is published or tested. */
@NullMarked
package io.gradus.benchmarks;

import org.jspecify.annotations.NullMarked;
