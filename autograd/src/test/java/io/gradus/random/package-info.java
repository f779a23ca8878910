/** Whether random numbers have the distributions they promise, and come again when asked to. */
@NullMarked
package io.gradus.random;

import org.jspecify.annotations.NullMarked;
