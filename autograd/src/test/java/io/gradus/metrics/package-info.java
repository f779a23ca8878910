/** Tests of metrics. */
@NullMarked
package io.gradus.metrics;

import org.jspecify.annotations.NullMarked;
