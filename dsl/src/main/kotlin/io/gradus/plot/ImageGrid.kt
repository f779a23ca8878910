package io.gradus.plot

import io.gradus.Tensor
import io.gradus.io.ImageFile
import io.gradus.tensor.error.InvalidArgumentException
import io.gradus.tensor.error.ShapeException
import java.util.Base64
import kotlin.math.ceil
import kotlin.math.min
import kotlin.math.sqrt

/** Pictures side by side, each with a caption if there are any. */
internal class ImageGrid(
    private val images: List<Tensor>,
    private val columns: Int,
    private val captions: List<String>,
) : Drawing {
    private val rows = (images.size + columns - 1) / columns
    private val pixelWidth = images[0].size(2).toInt()
    private val pixelHeight = images[0].size(1).toInt()
    private val captionHeight = if (captions.isEmpty()) 0 else CAPTION

    /** The size at which small pictures are large enough to be seen. */
    fun frame(): Frame {
        val zoom = ceil(SMALLEST / pixelWidth).coerceAtLeast(1.0).toInt()
        return Frame(
            "",
            columns * (pixelWidth * zoom + GAP) + GAP,
            rows * (pixelHeight * zoom + captionHeight + GAP) + GAP,
        )
    }

    override fun svg(frame: Frame): String = buildString {
        val top = if (frame.title.isEmpty()) 0 else TITLE
        val zoom =
            min(
                (frame.width - GAP).toDouble() / columns - GAP,
                ((frame.height - GAP).toDouble() / rows - GAP - captionHeight) * pixelWidth / pixelHeight,
            ).coerceAtLeast(1.0) / pixelWidth
        val w = pixelWidth * zoom
        val h = pixelHeight * zoom
        val size = "width=\"${frame.width}\" height=\"${frame.height + top}\""
        append("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" $size ")
        append("viewBox=\"0 0 ${frame.width} ${frame.height + top}\" ")
        append("font-family=\"sans-serif\" text-anchor=\"middle\">\n")
        append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n")
        if (top > 0) text(frame.width / 2.0, TITLE - GAP.toDouble(), TITLE_SIZE, frame.title)
        images.forEachIndexed { i, image ->
            val x = GAP + i % columns * (w + GAP)
            val y = top + GAP + i / columns * (h + captionHeight + GAP)
            append("<image x=\"${round(x)}\" y=\"${round(y)}\" width=\"${round(w)}\" height=\"${round(h)}\" ")
            append("preserveAspectRatio=\"none\" xlink:href=\"${data(image, zoom)}\"/>\n")
            captions.getOrNull(i)?.let { text(x + w / 2, y + h + CAPTION_SIZE, CAPTION_SIZE, it) }
        }
        append("</svg>\n")
    }

    override fun html(frame: Frame): String {
        val title = escaped(frame.title)
        return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>$title</title></head>\n" +
            "<body>\n${svg(frame)}</body></html>\n"
    }

    /** Enlarged here, where pixels stay squares: viewers would blur them. */
    private fun data(image: Tensor, zoom: Double): String {
        val times = ceil(2 * zoom).toLong().coerceIn(1, MOST_TIMES)
        val larger = image.repeatInterleave(times, 1).repeatInterleave(times, 2)
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(ImageFile.png(larger))
    }

    private fun StringBuilder.text(x: Double, y: Double, size: Int, text: String) {
        append("<text x=\"${round(x)}\" y=\"${round(y)}\" font-size=\"$size\">${escaped(text)}</text>\n")
    }

    companion object {
        private const val GAP = 6
        private const val SMALLEST = 48.0
        private const val CAPTION = 16
        private const val CAPTION_SIZE = 12
        private const val TITLE = 28
        private const val TITLE_SIZE = 16
        private const val MOST_TIMES = 16L
        private const val TENTHS = 10

        private fun round(value: Double): String = (Math.round(value * TENTHS) / TENTHS.toDouble()).toString()

        private fun escaped(text: String): String = text
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")

        /** The pictures of a batch, each [1 or 3, height, width]. */
        fun split(images: Tensor): List<Tensor> {
            val shaped = if (images.dim() == 3) images.unsqueeze(1) else images
            if (shaped.dim() != 4 || shaped.size(1) !in setOf(1L, 3L) || shaped.numel() == 0L) {
                throw ShapeException(
                    "[images] expected a tensor [n, height, width] or [n, 1 or 3, height, width] with elements, " +
                        "but got shape ${images.shape()}",
                )
            }
            return shaped.detach().unbind(0)
        }

        /** As many columns as asked for, or so many that the grid is about as wide as high. */
        fun columns(wanted: Int, images: Int): Int = when {
            wanted < 0 -> throw InvalidArgumentException("[images] the number of columns is negative: $wanted")
            wanted == 0 -> ceil(sqrt(images.toDouble())).toInt()
            else -> min(wanted, images)
        }
    }
}
