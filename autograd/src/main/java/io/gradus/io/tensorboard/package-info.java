/**
 * Event files that TensorBoard shows.
 *
 * <p>Only the writer belongs here, with as much of TensorFlow's messages as it needs.
 */
@NullMarked
package io.gradus.io.tensorboard;

import org.jspecify.annotations.NullMarked;
