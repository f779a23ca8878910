/**
 * How operations are differentiated: symbolic pullbacks of scalar expressions, and rules written
 * with public tensor methods.
 */
@NullMarked
package io.gradus.rules;

import org.jspecify.annotations.NullMarked;
