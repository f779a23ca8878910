/** What fusion must not change, and what it must. */
@NullMarked
package io.gradus.fusion;

import org.jspecify.annotations.NullMarked;
