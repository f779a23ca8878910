package io.gradus.dsl

import io.gradus.graph.GradMode
import io.gradus.tensor.error.AutogradException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.ThreadContextElement
import kotlinx.coroutines.withContext
import kotlin.coroutines.CoroutineContext

/*
 * Grad mode belongs to a thread. The inline functions switch it around a block that stays on its
 * thread; a coroutine, which may change threads, takes the mode along as an element of its context.
 */

/**
 * Runs [block] without recording history on this thread.
 *
 * @throws AutogradException if the block was suspended and went on on another thread: use [withoutGrad] there
 */
public inline fun <R> noGrad(block: () -> R): R {
    val scope = ThreadGradMode(GradMode.noGrad())
    try {
        return block()
    } finally {
        scope.leave("noGrad")
    }
}

/**
 * Runs [block] recording history, also inside [noGrad].
 *
 * @throws AutogradException if the block was suspended and went on on another thread: use [gradMode] there
 */
public inline fun <R> enableGrad(block: () -> R): R {
    val scope = ThreadGradMode(GradMode.enableGrad())
    try {
        return block()
    } finally {
        scope.leave("enableGrad")
    }
}

/**
 * Runs [block] without recording; the tensors made inside can also never be recorded later.
 *
 * @throws AutogradException if the block was suspended and went on on another thread: use [gradMode] there
 */
public inline fun <R> inferenceMode(block: () -> R): R {
    val scope = ThreadGradMode(GradMode.inferenceMode())
    try {
        return block()
    } finally {
        scope.leave("inferenceMode")
    }
}

/** The mode to go back to, and the thread that it belongs to. */
@PublishedApi
internal class ThreadGradMode(private val before: GradMode.Scope) {
    private val thread = Thread.currentThread()

    fun leave(name: String) {
        before.close()
        if (Thread.currentThread() !== thread) {
            throw AutogradException(
                "[$name] the block was suspended and went on on another thread, where grad mode is a different one: " +
                    "in coroutines use withoutGrad { } or withContext(gradMode(…)) { }",
            )
        }
    }
}

/** [noGrad] for blocks that suspend: the mode follows the coroutine from thread to thread. */
public suspend fun <R> withoutGrad(block: suspend CoroutineScope.() -> R): R = withContext(gradMode(false), block)

/**
 * The grad mode of this thread, or the one given, for a coroutine to keep on whatever thread it runs.
 *
 * ```
 * noGrad { runBlocking(Dispatchers.Default + gradMode()) { model(x) } }
 * ```
 */
public fun gradMode(
    enabled: Boolean = GradMode.isEnabled(),
    inference: Boolean = GradMode.isInference(),
): CoroutineContext.Element = GradModeElement(enabled, inference)

private class GradModeElement(private val enabled: Boolean, private val inference: Boolean) :
    ThreadContextElement<GradMode.Scope> {
    companion object Key : CoroutineContext.Key<GradModeElement>

    override val key: CoroutineContext.Key<*> get() = Key

    override fun updateThreadContext(context: CoroutineContext): GradMode.Scope =
        if (inference) GradMode.inferenceMode() else GradMode.set(enabled)

    override fun restoreThreadContext(context: CoroutineContext, oldState: GradMode.Scope) {
        oldState.close()
    }
}
