package io.gradus.dsl

import io.gradus.profile.Profile
import io.gradus.profile.Profiler
import io.gradus.profile.Region

/**
 * Watches all kernels while [block] runs.
 *
 * ```
 * val profile = profile { trainer.fit(loader, 1) }
 * println(profile.table(20))
 * profile.writeTrace(Path.of("trace.json"))
 * ```
 */
public inline fun profile(block: () -> Unit): Profile = Profiler.start().use {
    block()
    it.stop()
}

/** Runs [block] as a region of that name, which profiles show. */
public inline fun <R> region(name: String, block: () -> R): R = Region.open(name).use { block() }
