package io.gradus.plot

/** What pictures are drawn with; the DSL does not pass it on to those who draw nothing. */
internal enum class Library(private val probe: String, private val artifacts: String) {
    LETS_PLOT(
        "org.jetbrains.letsPlot.intern.Plot",
        "org.jetbrains.lets-plot:lets-plot-kotlin-jvm and org.jetbrains.lets-plot:lets-plot-common",
    ),
    BATIK(
        "org.apache.batik.transcoder.image.PNGTranscoder",
        "org.apache.xmlgraphics:batik-transcoder and org.apache.xmlgraphics:batik-codec",
    ),
    ;

    /** @throws MissingLibraryException if it is not on the class path */
    fun require(loader: ClassLoader? = Library::class.java.classLoader) {
        try {
            Class.forName(probe, false, loader)
        } catch (e: ClassNotFoundException) {
            throw MissingLibraryException(
                "[plot] $probe is not on the class path: add $artifacts to the dependencies of your program",
                e,
            )
        }
    }
}
