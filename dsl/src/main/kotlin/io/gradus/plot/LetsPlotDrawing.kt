package io.gradus.plot

import org.jetbrains.letsPlot.commons.encoding.RGBEncoder
import org.jetbrains.letsPlot.core.util.PlotHtmlExport
import org.jetbrains.letsPlot.core.util.PlotHtmlHelper
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon
import org.jetbrains.letsPlot.ggsize
import org.jetbrains.letsPlot.intern.Plot
import org.jetbrains.letsPlot.intern.toSpec
import org.jetbrains.letsPlot.label.ggtitle
import java.awt.image.BufferedImage
import java.io.ByteArrayOutputStream
import java.util.Base64
import javax.imageio.ImageIO

/** A plot of lets-plot. */
internal class LetsPlotDrawing(private val plot: Plot) : Drawing {
    private fun spec(frame: Frame): MutableMap<String, Any> {
        val sized = plot + ggsize(frame.width, frame.height)
        return (if (frame.title.isEmpty()) sized else sized + ggtitle(frame.title)).toSpec()
    }

    override fun svg(frame: Frame): String =
        PlotSvgExportCommon.buildSvgImageFromRawSpecs(spec(frame), null, DataUrls, true).replace(PanelOrder.MARK, "")

    override fun html(frame: Frame): String =
        PlotHtmlExport.buildHtmlFromRawSpecs(spec(frame), PlotHtmlHelper.scriptUrl(VERSION), false, null)

    /** Puts pixels into the document itself. */
    private object DataUrls : RGBEncoder {
        override fun toDataUrl(width: Int, height: Int, argbValues: IntArray): String {
            val image = BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB)
            image.setRGB(0, 0, width, height, argbValues, 0, width)
            val bytes = ByteArrayOutputStream().also { ImageIO.write(image, "png", it) }.toByteArray()
            return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes)
        }
    }

    companion object {
        /** The version of lets-plot-common that the pages load. */
        private const val VERSION = "4.1.0"
    }
}

/**
 * Panels are sorted by their names: invisible marks keep them in the order that they were given in.
 *
 * Without sorting this version of lets-plot takes them out of a hash set.
 */
internal object PanelOrder {
    /** A space without width, which is behind all letters. */
    const val MARK = "\u200b"

    /** The names in place of which others are drawn. */
    fun of(names: Iterable<String>): Map<String, String> =
        names.distinct().withIndex().associate { (i, name) -> name to MARK.repeat(i) + name }
}

/** A plot made with lets-plot by hand, to be saved as all others are. */
public fun Plot.toFigure(): Figure = Figure(LetsPlotDrawing(this), Frame("", 640, 360))
