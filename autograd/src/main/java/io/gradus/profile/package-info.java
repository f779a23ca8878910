/**
 * Where the time goes: kernels counted by operation, and a trace of them.
 *
 * <p>What listens belongs here; what is listened to is reported by devices ({@link
 * io.gradus.tensor.watch}), by backward and by loaders.
 */
@NullMarked
package io.gradus.profile;

import org.jspecify.annotations.NullMarked;
