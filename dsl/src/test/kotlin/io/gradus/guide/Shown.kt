package io.gradus.guide

import io.kotest.matchers.shouldBe

/** What the code of a guide prints, beside what the guide says. */
object Shown {
    /** Compares the text of [value] with [expected], line breaks and indents counting as one space. */
    @JvmStatic
    fun prints(value: Any?, expected: String) {
        value.toString().trim().replace(Regex("\\s+"), " ") shouldBe expected.trim().replace(Regex("\\s+"), " ")
    }

    /** Around code that is compiled and not run. */
    @JvmStatic
    fun never(): Boolean = false
}
