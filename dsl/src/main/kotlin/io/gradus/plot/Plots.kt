package io.gradus.plot

import io.gradus.Tensor
import io.gradus.metrics.ConfusionMatrix
import io.gradus.nn.Module
import io.gradus.tensor.error.InvalidArgumentException
import io.gradus.tensor.error.ShapeException
import io.gradus.train.History
import kotlin.math.ceil
import kotlin.math.sqrt

/**
 * Pictures of a training, to be saved as SVG, PNG or HTML.
 *
 * ```
 * Plots.curves(history).titled("Digits").save("curves.svg")
 * ```
 *
 * Drawn with lets-plot, which must be on the class path; scripts have it.
 */
public object Plots {
    private const val WIDTH = 640
    private const val HEIGHT = 360
    private const val ROW_HEIGHT = 240
    private const val PANEL_WIDTH = 260
    private const val PANEL_HEIGHT = 200
    private const val CELL = 44
    private const val LEAST_MATRIX = 320
    private const val MATRIX_MARGIN = 120
    private const val BINS = 40
    private const val VALIDATION = "validation "

    /**
     * What was measured over the epochs: a panel for the loss and one for each metric, with a curve
     * for the training data and one for the validation data.
     *
     * @param names of the values to draw, all in one panel; none for all but the learning rate
     */
    @JvmStatic
    public fun curves(history: History, vararg names: String): Figure {
        Library.LETS_PLOT.require()
        if (history.epochs().isEmpty()) throw InvalidArgumentException("[curves] the history has no epochs")
        val drawn = names.toList().ifEmpty { history.epochs().first().values().keys.filter { it != "lr" } }
        val points =
            drawn.flatMap { name ->
                val values = history.values(name)
                history.epochs().mapIndexed { i, epoch ->
                    val x = epoch.epoch().toDouble()
                    if (names.isNotEmpty()) {
                        LetsPlots.Point(x, values[i], name)
                    } else {
                        val curve = if (name.startsWith(VALIDATION)) "validation" else "training"
                        LetsPlots.Point(x, values[i], curve, name.removePrefix(VALIDATION))
                    }
                }
            }
        val panels = points.map { it.panel }.distinct().size
        val rows = (panels + 1) / 2
        val y = if (names.size == 1) names[0] else ""
        val height = if (rows > 1) rows * ROW_HEIGHT else HEIGHT
        return Figure(LetsPlots.curves(points, "epoch", y, false), Frame("", WIDTH, height))
    }

    /**
     * A curve for each name, over 1, 2, 3 and so on. What is not finite is left out.
     *
     * @param x what the axes mean
     * @param log whether the values are drawn on a logarithmic scale; then those up to 0 are left out
     * @param first where the curves begin
     * @param every how far one value is from the next
     */
    @JvmStatic
    @JvmOverloads
    public fun lines(
        curves: Map<String, DoubleArray>,
        x: String = "epoch",
        y: String = "",
        log: Boolean = false,
        first: Double = 1.0,
        every: Double = 1.0,
    ): Figure {
        Library.LETS_PLOT.require()
        if (curves.values.all { it.isEmpty() }) throw InvalidArgumentException("[lines] there are no values to draw")
        val points =
            curves.flatMap { (name, values) ->
                values.mapIndexed { i, v -> LetsPlots.Point(first + i * every, v, name) }
            }
        return Figure(LetsPlots.curves(points, x, y, log), Frame("", WIDTH, HEIGHT))
    }

    /** How often a class was taken for another one. */
    @JvmStatic
    @JvmOverloads
    public fun confusion(matrix: ConfusionMatrix, labels: List<String> = emptyList()): Figure =
        confusion(matrix.compute(), labels)

    /**
     * How often a class (row) was taken for another one (column).
     *
     * @param matrix counts, [classes, classes]
     * @param labels names of the classes; none for their numbers
     */
    @JvmStatic
    @JvmOverloads
    public fun confusion(matrix: Tensor, labels: List<String> = emptyList()): Figure {
        Library.LETS_PLOT.require()
        if (matrix.dim() != 2 || matrix.size(0) != matrix.size(1) || matrix.numel() == 0L) {
            throw ShapeException("[confusion] expected a square matrix, but got shape ${matrix.shape()}")
        }
        val classes = matrix.size(0).toInt()
        if (labels.isNotEmpty() && labels.distinct().size != classes) {
            throw InvalidArgumentException(
                "[confusion] $classes classes need as many different labels, but got $labels",
            )
        }
        val all = matrix.longArray()
        val counts = List(classes) { all.copyOfRange(it * classes, (it + 1) * classes) }
        val names = labels.ifEmpty { List(classes) { it.toString() } }
        val side = maxOf(LEAST_MATRIX, classes * CELL)
        return Figure(LetsPlots.confusion(counts, names), Frame("", side + MATRIX_MARGIN, side))
    }

    /**
     * Pictures side by side, row after row.
     *
     * @param images [n, height, width] or [n, 1 or 3, height, width]: u8, or floating from 0 to 1
     * @param columns pictures in a row; 0 for about as many as rows
     * @param captions what is written below each; none for nothing
     */
    @JvmStatic
    @JvmOverloads
    public fun images(images: Tensor, columns: Int = 0, captions: List<String> = emptyList()): Figure {
        val all = ImageGrid.split(images)
        if (captions.isNotEmpty() && captions.size != all.size) {
            throw InvalidArgumentException(
                "[images] ${all.size} pictures need as many captions, but got ${captions.size}",
            )
        }
        val grid = ImageGrid(all, ImageGrid.columns(columns, all.size), captions)
        return Figure(grid, grid.frame())
    }

    /** How the elements of a tensor are spread; what is not finite is left out. */
    @JvmStatic
    @JvmOverloads
    public fun histogram(values: Tensor, bins: Int = BINS): Figure {
        Library.LETS_PLOT.require()
        return Figure(LetsPlots.histograms(mapOf("" to Bins(values, bins)), 1), Frame("", WIDTH, HEIGHT))
    }

    /** How the elements of several tensors are spread, each in a panel of its own. */
    @JvmStatic
    @JvmOverloads
    public fun histograms(named: Map<String, Tensor>, bins: Int = BINS): Figure {
        Library.LETS_PLOT.require()
        if (named.isEmpty()) throw InvalidArgumentException("[histograms] there are no tensors to draw")
        val columns = ceil(sqrt(named.size.toDouble())).toInt()
        val rows = (named.size + columns - 1) / columns
        val drawing = LetsPlots.histograms(named.mapValues { Bins(it.value, bins) }, columns)
        return Figure(drawing, Frame("", maxOf(WIDTH, columns * PANEL_WIDTH), maxOf(HEIGHT, rows * PANEL_HEIGHT)))
    }

    /** How the parameters of a model are spread. */
    @JvmStatic
    @JvmOverloads
    public fun weights(model: Module, bins: Int = BINS): Figure = histograms(model.namedParameters(), bins)

    /**
     * How the gradients of a model are spread.
     *
     * @throws InvalidArgumentException if no parameter has one
     */
    @JvmStatic
    @JvmOverloads
    public fun gradients(model: Module, bins: Int = BINS): Figure {
        val gradients = LinkedHashMap<String, Tensor>()
        model.namedParameters().forEach { (name, p) -> p.grad()?.let { gradients[name] = it } }
        if (gradients.isEmpty()) {
            throw InvalidArgumentException("[gradients] no parameter has a gradient; call backward first")
        }
        return histograms(gradients, bins)
    }
}
