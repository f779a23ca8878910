// Second derivatives at work: logistic regression by Newton's method.
//   ./gradus run examples/newton.gradus.kts
// Gradient descent needs thousands of steps for what Newton's method does in seven, because the second
// derivatives tell it how far to go: step = -H⁻¹ g.
val (measurements, species) = Iris.load().tensors()
val scaled = ((measurements - measurements.mean(0)) / measurements.std(0)).to(f64)
val x = Tensor.cat(listOf(scaled, ones(150, 1, dtype = f64)), 1) // the last column is the offset
val lossOf = CrossEntropyLoss()

/** The cross entropy of three species, with a little weight decay that gives it a minimum. */
fun loss(w: Tensor): Tensor = lossOf(x matmul w.view(5, 3), species) + 5e-3 * w.square().sum()

fun length(v: Tensor): Double = v.norm().item<Double>()

val lengths = mutableMapOf<String, MutableList<Double>>() // of the gradients, for the picture

/** The weights where the gradient is zero, and the number of steps; [step] solves H s = g. */
fun newton(name: String, step: (w: Tensor, gradient: Tensor) -> Tensor): Pair<Tensor, Int> {
    println(name)
    var weights = zeros(15, dtype = f64)
    for (count in 0..50) {
        val w = weights.detach().requiresGrad_()
        val loss = loss(w)
        val gradient = Autograd.gradWithGraph(loss, w) // a tensor with a history: it can be differentiated
        println(
            "step %2d  loss %.12f  length of the gradient %.1e".format(count, loss.item<Double>(), length(gradient)),
        )
        lengths.getOrPut(name) { mutableListOf() } += length(gradient)
        if (length(gradient) < 1e-9) return weights to count
        weights = (w - step(w, gradient)).detach()
    }
    error("no minimum after 50 steps")
}

// ---- With the whole Hessian: row i is the gradient of element i of the gradient.

val (weights, newtonSteps) = newton("Newton's method") { w, gradient ->
    val hessian = Tensor.stack(List(15) { Autograd.gradWithGraph(gradient[it], w) })
    Linalg.solve(hessian, gradient)
}

// ---- Without it: the matrix of a large model fits into no memory. Its product with a vector is a
// gradient too, that of g · v, and conjugate gradients need nothing else.

var products = 0

/** The product of the Hessian and [v]. */
fun hessianTimes(v: Tensor, w: Tensor, gradient: Tensor): Tensor {
    products++
    return Autograd.grad(listOf(gradient dot v), listOf(w), GradOptions.DEFAULT.retainGraph(true)).first()!!
}

newton("Newton's method without the matrix") { w, gradient ->
    // M. Hestenes, E. Stiefel, "Methods of Conjugate Gradients for Solving Linear Systems", 1952
    var solution = zerosLike(w)
    var rest = gradient.detach()
    var direction = rest
    while (length(rest) > 1e-3 * length(gradient)) {
        val image = hessianTimes(direction, w, gradient)
        val distance = (rest dot rest) / (direction dot image)
        solution = solution + distance * direction
        val next = rest - distance * image
        direction = next + (next dot next) / (rest dot rest) * direction
        rest = next
    }
    solution
}
println("$products products of the matrix and a vector")

// ---- Gradient descent, for comparison.

val w = zeros(15, dtype = f64, requiresGrad = true)
val optimizer = sgd(listOf(w), lr = 0.5)
var steps = 0
do {
    optimizer.zeroGrad()
    val loss = loss(w)
    loss.backward()
    optimizer.step()
    if (steps < 40) lengths.getOrPut("gradient descent") { mutableListOf() } += length(w.grad!!)
    steps++
} while (length(w.grad!!) > 1e-9 && steps < 5000)
println("gradient descent comes within %.1e of these weights after %d steps".format(length(weights - w), steps))
val right = ((x matmul weights.view(5, 3)).argmax(1) eq species).sum().item<Int>()
println("$right of 150 flowers are told right; Newton's method took $newtonSteps steps")
val figure = Plots.lines(
    lengths.mapValues {
        it.value.toDoubleArray()
    },
    x = "step",
    y = "gradient",
    log = true,
    first = 0.0,
)
println("wrote " + figure.titled("Length of the gradient").save("newton-gradient.svg"))
