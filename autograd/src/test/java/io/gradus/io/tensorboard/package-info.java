/** Tests of event files, read back by a decoder of their own. */
@NullMarked
package io.gradus.io.tensorboard;

import org.jspecify.annotations.NullMarked;
