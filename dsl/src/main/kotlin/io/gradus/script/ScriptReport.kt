package io.gradus.script

import io.gradus.tensor.error.TensorException

/**
 * What a user reads when a script does not compile or fails: where, what, and the script's own line.
 *
 * @property path the script as it was named on the command line
 * @property lines its text
 */
internal class ScriptReport(private val path: String, private val lines: List<String>) {
    private val fileName = path.substringAfterLast('/').substringAfterLast('\\')

    /** The compiler's errors, two lines each: position and message; the script's line. */
    fun compilation(compilerOutput: String): String {
        val output = compilerOutput.lines()
        val errors = output.indices.mapNotNull { i -> DIAGNOSTIC.matchEntire(output[i])?.let { i to it } }
        if (errors.isEmpty()) return compilerOutput.trimEnd()
        return errors.joinToString("\n") { (i, match) ->
            val (line, column, message) = match.destructured
            val text = sourceLine(line.toInt())
            val more =
                if (message.endsWith(":")) {
                    output.drop(i + 1).filter { it.isNotBlank() }.takeWhile {
                        it.trim() != text &&
                            !DIAGNOSTIC.matches(it)
                    }
                } else {
                    emptyList()
                }
            val whole = (listOf(message) + more.take(CONTINUATIONS).map { it.trim() }).joinToString(" ")
            "$path:$line:$column: error: $whole\n    $text"
        }
    }

    /** A line of the script without its indent; what is missing at its end is missing after its last words. */
    private fun sourceLine(number: Int): String = lines.take(number).lastOrNull { it.isNotBlank() }?.trim().orEmpty()

    /** A failure while running: message and line; the script's callers of that line; the cause. */
    fun failure(thrown: Throwable): String {
        val carrier =
            generateSequence(thrown) { it.cause }.firstOrNull { frames(it).isNotEmpty() } ?: thrown
        val frames = frames(carrier)
        val report = StringBuilder()
        val place = frames.firstOrNull()
        if (place == null) {
            report.append("$path: ${describe(thrown)}")
            thrown.stackTrace.take(FOREIGN_FRAMES).forEach { report.append("\n    at $it") }
        } else {
            report.append("$path:${place.lineNumber}: ${describe(thrown)}\n    ${text(place)}")
            frames.drop(1).take(OUTER_FRAMES).forEach {
                report.append("\n  called from $path:${it.lineNumber}\n    ${text(it)}")
            }
        }
        generateSequence(thrown.cause) {
            it.cause
        }.take(CAUSES).forEach { report.append("\n  caused by ${describe(it)}") }
        return report.toString()
    }

    /** One frame a line of the script, innermost first; bridges and lambdas repeat lines. */
    private fun frames(e: Throwable): List<StackTraceElement> = e.stackTrace
        .filter { it.fileName == fileName && it.lineNumber in 1..lines.size }
        .distinctBy { it.lineNumber }

    private fun text(frame: StackTraceElement): String = lines[frame.lineNumber - 1].trim()

    private fun describe(e: Throwable): String = when {
        e is TensorException && e.message != null -> e.message.orEmpty()
        e.message == null -> e.javaClass.simpleName
        else -> "${e.javaClass.simpleName}: ${e.message}"
    }

    private companion object {
        /** `…/script.gradus.kts:3:9: error: message`; the path may hold anything, a colon included. */
        val DIAGNOSTIC = Regex("""^.*?:(\d+):(\d+): error: (.*)$""")
        const val CONTINUATIONS = 2
        const val FOREIGN_FRAMES = 8
        const val OUTER_FRAMES = 5
        const val CAUSES = 3
    }
}
