package io.gradus.plot

import org.apache.batik.transcoder.TranscoderInput
import org.apache.batik.transcoder.TranscoderOutput
import org.apache.batik.transcoder.image.PNGTranscoder
import java.io.ByteArrayOutputStream
import java.io.StringReader

/** Makes pixels of SVG documents. */
internal object Rasterizer {
    /** Batik takes the pixels of a document for 1/96 inch; larger ones make a larger picture. */
    private const val MILLIMETERS = 25.4f / 96

    private val SIZE = Regex("""<svg[^>]*?\swidth="([0-9.]+)"""")

    fun png(svg: String, scale: Double): ByteArray {
        val width = SIZE.find(svg)?.groupValues?.get(1)?.toFloat() ?: error("an SVG document without a width")
        val out = ByteArrayOutputStream()
        PNGTranscoder()
            .apply {
                addTranscodingHint(PNGTranscoder.KEY_WIDTH, (width * scale).toFloat())
                addTranscodingHint(PNGTranscoder.KEY_PIXEL_UNIT_TO_MILLIMETER, MILLIMETERS)
            }.transcode(TranscoderInput(StringReader(svg)), TranscoderOutput(out))
        return out.toByteArray()
    }
}
