package io.gradus.script

import io.gradus.tensor.error.ShapeException
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import java.nio.file.Path

class ScriptReportSpec :
    StringSpec({
        val report =
            ScriptReport(
                "demo/a.gradus.kts",
                listOf("val x = 3", "    val y = x + foo(2)", "use(y)"),
            )

        fun <T : Throwable> T.at(vararg lines: Int): T = apply {
            val foreign = StackTraceElement("io.gradus.Tensor", "add", "Tensor.java", 7)
            stackTrace =
                arrayOf(
                    foreign,
                    *Array(lines.size) {
                        StackTraceElement("A_gradus", "f", "a.gradus.kts", lines[it])
                    },
                )
        }

        "a compile error takes two lines: position and message, and the script's line" {
            val error = "/tmp/c:d/a.gradus.kts:2:17: error: unresolved reference 'foo'."
            val output = "warning: noise\n$error\n    val y = x + foo(2)\n"
            report.compilation(output) shouldBe
                """
                demo/a.gradus.kts:2:17: error: unresolved reference 'foo'.
                    val y = x + foo(2)
                """.trimIndent()
        }

        "a message of several lines is joined, and what is missing at the end is shown after the last words" {
            val output =
                """
                a.gradus.kts:3:1: error: none of the following candidates is applicable:

                fun use(y: Int): Unit:
                  Argument type mismatch: actual type is 'String'.
                use(y)
                ^^^
                a.gradus.kts:4:1: error: syntax error: Expecting '}'.
                """.trimIndent()
            report.compilation(output) shouldBe
                "demo/a.gradus.kts:3:1: error: none of the following candidates is applicable: " +
                "fun use(y: Int): Unit: Argument type mismatch: actual type is 'String'.\n    use(y)\n" +
                "demo/a.gradus.kts:4:1: error: syntax error: Expecting '}'.\n    use(y)"
        }

        "compiler output without a position is passed on" {
            report.compilation("error: out of disk\n") shouldBe "error: out of disk"
        }

        "a tensor's error takes two lines: the message and the script's line" {
            report.failure(ShapeException("[add] sizes differ").at(2)) shouldBe
                "demo/a.gradus.kts:2: [add] sizes differ\n    val y = x + foo(2)"
        }

        "other errors name their type, the callers within the script, and the cause" {
            val thrown = IllegalStateException(
                "broken",
                RuntimeException("disk full").at(),
            ).at(2, 2, 3)
            report.failure(thrown) shouldBe
                """
                demo/a.gradus.kts:2: IllegalStateException: broken
                    val y = x + foo(2)
                  called from demo/a.gradus.kts:3
                    use(y)
                  caused by RuntimeException: disk full
                """.trimIndent()
        }

        "an error that passed through another thread is placed by its cause" {
            val thrown = IllegalStateException(
                "worker",
                ShapeException("[add] sizes differ").at(3),
            ).at()
            report.failure(thrown) shouldBe
                "demo/a.gradus.kts:3: IllegalStateException: worker\n    use(y)\n  caused by [add] sizes differ"
        }

        "the cache is in the user's folder unless a variable names another" {
            CompiledScripts.userFolder(mapOf("GRADUS_CACHE" to "/c")) shouldBe Path.of("/c/scripts")
            CompiledScripts.userFolder(mapOf("XDG_CACHE_HOME" to "/x")) shouldBe
                Path.of("/x/gradus/scripts")
            CompiledScripts.userFolder(emptyMap()) shouldBe
                Path.of(System.getProperty("user.home"), ".cache/gradus/scripts")
        }
    })
