package io.gradus.plot

import io.gradus.io.AtomicFile
import io.gradus.tensor.error.InvalidArgumentException
import java.nio.file.Path
import kotlin.io.path.name

/**
 * A picture that is drawn when it is asked for, as SVG, PNG or HTML; [Plots] makes them.
 *
 * Needs no display.
 */
public class Figure internal constructor(private val drawing: Drawing, private val frame: Frame) {
    /** The same picture with a title. */
    public fun titled(title: String): Figure = Figure(drawing, frame.copy(title = title))

    /**
     * The same picture of another size, in pixels of the SVG.
     *
     * @throws InvalidArgumentException if one is not positive
     */
    public fun sized(width: Int, height: Int): Figure {
        if (width < 1 || height < 1) {
            throw InvalidArgumentException("[Figure] a size must be positive, but got $width x $height")
        }
        return Figure(drawing, frame.copy(width = width, height = height))
    }

    /** The picture as an SVG document. */
    public fun svg(): String = drawing.svg(frame)

    /**
     * The picture as a web page. Curves, matrices and histograms show their values under the pointer;
     * for that the page loads the script of lets-plot when it is opened.
     */
    public fun html(): String = drawing.html(frame)

    /**
     * The picture as the bytes of a PNG file.
     *
     * @param scale pixels of the file for one of the SVG
     */
    @JvmOverloads
    public fun png(scale: Double = DEFAULT_SCALE): ByteArray {
        if (!(scale > 0 && scale <= MAX_SCALE)) {
            throw InvalidArgumentException("[Figure] a scale must be between 0 and $MAX_SCALE, but got $scale")
        }
        Library.BATIK.require()
        return Rasterizer.png(svg(), scale)
    }

    /**
     * Writes the picture; replaces the file when all is written.
     *
     * @param path ending in `.svg`, `.png` or `.html`
     * @return the path
     */
    public fun save(path: Path): Path {
        val bytes =
            when (path.name.substringAfterLast('.', "").lowercase()) {
                "svg" -> svg().toByteArray()

                "png" -> png()

                "html", "htm" -> html().toByteArray()

                else -> throw InvalidArgumentException(
                    "[Figure] cannot tell the format from '${path.name}'; end the name in .svg, .png or .html",
                )
            }
        AtomicFile.write(path) { it.write(bytes) }
        return path
    }

    /** As [save] of a path. */
    public fun save(path: String): Path = save(Path.of(path))

    private companion object {
        const val DEFAULT_SCALE = 2.0
        const val MAX_SCALE = 20.0
    }
}

/** What is around a drawing. */
internal data class Frame(val title: String, val width: Int, val height: Int)

/** Something that can be put into a frame. */
internal interface Drawing {
    fun svg(frame: Frame): String

    fun html(frame: Frame): String
}
