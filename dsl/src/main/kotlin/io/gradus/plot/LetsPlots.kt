package io.gradus.plot

import org.jetbrains.letsPlot.coord.coordFixed
import org.jetbrains.letsPlot.facet.facetWrap
import org.jetbrains.letsPlot.geom.geomLine
import org.jetbrains.letsPlot.geom.geomPoint
import org.jetbrains.letsPlot.geom.geomRect
import org.jetbrains.letsPlot.geom.geomText
import org.jetbrains.letsPlot.geom.geomTile
import org.jetbrains.letsPlot.intern.Plot
import org.jetbrains.letsPlot.label.labs
import org.jetbrains.letsPlot.letsPlot
import org.jetbrains.letsPlot.scale.guides
import org.jetbrains.letsPlot.scale.scaleFillGradient
import org.jetbrains.letsPlot.scale.scaleXDiscrete
import org.jetbrains.letsPlot.scale.scaleYDiscreteReversed
import org.jetbrains.letsPlot.scale.scaleYLog10
import org.jetbrains.letsPlot.themes.elementBlank
import org.jetbrains.letsPlot.themes.theme

/** The plots in the words of lets-plot; only here and in [LetsPlotDrawing] are its classes named. */
internal object LetsPlots {
    private const val FEW = 40
    private const val MOST_NUMBERS = 25
    private const val BLUE = "#4682b4"

    /** One point of a curve: its place, the name of the curve, and that of the panel it is drawn in. */
    data class Point(val x: Double, val y: Double, val curve: String, val panel: String = "")

    /** Curves through points, in one panel or several. */
    fun curves(points: List<Point>, x: String, y: String, log: Boolean): Drawing {
        val seen = points.filter { it.x.isFinite() && it.y.isFinite() && (!log || it.y > 0) }
        val panels = PanelOrder.of(points.map { it.panel })
        val data =
            mapOf(
                "x" to seen.map { it.x },
                "y" to seen.map { it.y },
                "curve" to seen.map { it.curve },
                "panel" to seen.map { panels[it.panel] },
            )
        var plot: Plot =
            letsPlot(data) {
                this.x = "x"
                this.y = "y"
                color = "curve"
            } + geomLine(size = 1.0) + labs(x = x, y = y, color = "")
        // Where a curve has a single point there is no line.
        if (points.groupingBy { it.curve to it.panel }.eachCount().values.all { it <= FEW }) {
            plot += geomPoint(size = 2.0)
        }
        if (log) plot += scaleYLog10()
        if (panels.size > 1) plot += facetWrap(facets = "panel", ncol = 2, scales = "free_y", order = 1)
        if (points.all { it.curve == points[0].curve }) plot += theme().legendPositionNone()
        return LetsPlotDrawing(plot)
    }

    /** A matrix of counts; the colour is the share of the row. */
    fun confusion(counts: List<LongArray>, labels: List<String>): Drawing {
        val rows = counts.indices.toList()
        val cells = rows.flatMap { r -> rows.map { c -> r to c } }
        val data =
            mapOf(
                "actual" to cells.map { (r, _) -> labels[r] },
                "predicted" to cells.map { (_, c) -> labels[c] },
                "share" to cells.map { (r, c) -> counts[r][c] / counts[r].sum().coerceAtLeast(1).toDouble() },
                "count" to cells.map { (r, c) -> counts[r][c].toString() },
            )
        var plot: Plot =
            letsPlot(data) {
                x = "predicted"
                y = "actual"
            } + geomTile(color = "white", size = 0.5) { fill = "share" } +
                scaleFillGradient(low = "#f3f7fb", high = "#5b9bd5", limits = 0 to 1) +
                scaleXDiscrete(limits = labels) + scaleYDiscreteReversed(limits = labels) +
                coordFixed() + labs(x = "predicted", y = "actual", fill = "share of class") +
                theme(panelGrid = elementBlank(), axisLine = elementBlank())
        if (labels.size <= MOST_NUMBERS) plot += geomText(size = 5) { label = "count" }
        return LetsPlotDrawing(plot)
    }

    /** Bars for each tensor, in a panel of its own if there are several. */
    fun histograms(named: Map<String, Bins>, columns: Int): Drawing {
        val bars = named.flatMap { (name, bins) -> bins.counts.indices.map { Triple(name, bins, it) } }
        val panels = PanelOrder.of(named.keys)
        val data =
            mapOf(
                "tensor" to bars.map { panels[it.first] },
                "from" to bars.map { (_, bins, i) -> bins.limit(i) },
                "to" to bars.map { (_, bins, i) -> bins.limit(i + 1) },
                "zero" to bars.map { 0L },
                "count" to bars.map { (_, bins, i) -> bins.counts[i] },
            )
        val bar =
            geomRect(fill = BLUE, color = "white", size = 0.2) {
                xmin = "from"
                xmax = "to"
                ymin = "zero"
                ymax = "count"
            }
        var plot: Plot = letsPlot(data) + bar + labs(x = "value", y = "count") + guides(fill = "none")
        if (named.size > 1) plot += facetWrap(facets = "tensor", ncol = columns, scales = "free", order = 1)
        return LetsPlotDrawing(plot)
    }
}
