// Learning to learn: a network that fits a new sine wave after one step of gradient descent.
//   ./gradus run examples/maml.gradus.kts [steps]
// C. Finn, P. Abbeel, S. Levine, "Model-Agnostic Meta-Learning for Fast Adaptation of Deep Networks",
// ICML 2017, section 5.1.
//
// What is trained are the weights from which a step on ten points of a wave leads to that wave. The
// loss after the step is differentiated through the step: through a gradient, that is, which is why
// the gradient of the step is made with createGraph.
manualSeed(1)
val steps = args.firstOrNull()?.toInt() ?: 3000
val waves = 25 // in one batch
val points = 10 // of each wave, to learn it from
val rate = 0.01 // of the step that learns a wave

/** Sine waves of random height and shift. */
class Waves(count: Int) {
    val height = 0.1 + 4.9 * rand(count, 1, 1)
    val shift = PI * rand(count, 1, 1)

    fun at(x: Tensor): Tensor = height * (x - shift).sin()

    /** Points, [count, points, 1], and the values there. */
    fun draw(points: Int): Pair<Tensor, Tensor> {
        val x = 10 * rand(height.size(0), points.toLong(), 1) - 5
        return x to at(x)
    }
}

/** Weights and biases of a network with two hidden layers. */
fun freshWeights(): List<Tensor> = listOf(1L to 40L, 40L to 40L, 40L to 1L).flatMap { (from, to) ->
    val bound = 1 / sqrt(from.toDouble())
    listOf(from, 1L).map { rows -> Tensor.empty(rows, to).uniform_(-bound, bound).requiresGrad_() }
}

/** The network as a function of its weights too: one set of them, or a set for each wave. */
fun network(weights: List<Tensor>, x: Tensor): Tensor =
    weights.chunked(2).foldIndexed(x) { layer, input, (weight, bias) ->
        val output = (input matmul weight) + bias
        if (layer < 2) output.relu() else output
    }

/** The squared error of each wave. */
fun errors(weights: List<Tensor>, data: Pair<Tensor, Tensor>): Tensor =
    (network(weights, data.first) - data.second).square().mean(1, 2)

/**
 * The weights after one step of gradient descent, for each wave its own.
 *
 * The errors of different waves share no weights, so that the gradient of their sum is all of their gradients.
 */
fun learn(weights: List<Tensor>, data: Pair<Tensor, Tensor>, createGraph: Boolean): List<Tensor> {
    val gradients =
        Autograd.grad(
            listOf(errors(weights, data).sum()),
            weights,
            GradOptions.DEFAULT.createGraph(createGraph),
        )
    return weights.zip(gradients) { weight, gradient -> weight - rate * gradient!! }
}

/** A copy of the weights for each wave. */
fun each(weights: List<Tensor>, count: Int): List<Tensor> =
    weights.map { it.expand(count.toLong(), it.size(0), it.size(1)) }

/** Trains the weights on the errors that waves have before, or after, a step of learning. */
fun train(weights: List<Tensor>, stepFirst: Boolean) {
    val optimizer = adam(weights, lr = 1e-3)
    var sum = 0.0
    for (step in 1..steps) {
        val batch = Waves(waves)
        val copies = each(weights, waves)
        val known = batch.draw(points)
        val learnt = if (stepFirst) learn(copies, known, createGraph = true) else copies
        val error = errors(learnt, batch.draw(points)).mean()
        optimizer.zeroGrad()
        error.backward()
        optimizer.step()
        sum += error.item<Double>()
        if (step % 500 == 0) {
            println("step %4d  error %.3f".format(step, sum / 500))
            sum = 0.0
        }
    }
}

println("weights from which one step leads far:")
val quick = freshWeights().also { train(it, stepFirst = true) }
println("weights that are right on average, for comparison:")
val average = freshWeights().also { train(it, stepFirst = false) }

// ---- How both learn 200 new waves from ten points each.

val newWaves = Waves(200)
val known = newWaves.draw(points)
val asked = newWaves.draw(100)

/** The error on new points after each number of steps, starting with none. */
fun progress(start: List<Tensor>): List<Double> {
    var weights = each(start, 200)
    return List(11) {
        val error = noGrad { errors(weights, asked).mean().item<Double>() }
        weights = learn(weights, known, createGraph = false).map { it.detach().requiresGrad_() }
        error
    }
}
val (quickly, slowly) = listOf(progress(quick), progress(average))
println("steps   quick weights  average weights")
for (count in listOf(0, 1, 2, 5, 10)) println("%5d   %13.3f  %15.3f".format(count, quickly[count], slowly[count]))
println("error after one step %.3f, of what it was before %.1f %%".format(quickly[1], 100 * quickly[1] / quickly[0]))
val curves = mapOf("quick weights" to quickly, "average weights" to slowly)
val figure = Plots.lines(curves.mapValues { it.value.toDoubleArray() }, x = "step", y = "squared error", first = 0.0)
println("wrote " + figure.titled("200 new waves, ten points each").save("maml-errors.svg"))
