// A guided tour through tensors and gradients:
//   ./gradus run examples/tour.gradus.kts
// The chapters are those of the description of the semantics, S1 to S10.

fun chapter(title: String) = println("\n== $title")

fun show(what: String, value: Any?) {
    val text = value.toString()
    println(if ('\n' in text) "$what =\n${text.prependIndent("    ")}" else "$what = $text")
}

/** Shows that something is refused, and in which words. */
fun refused(what: String, block: () -> Any?) {
    val words = runCatching { block() }.exceptionOrNull() ?: error("$what was not refused")
    println("$what is refused:\n    ${words.message}")
}

manualSeed(1)

chapter("S1 Creation")
show("tensor(1, 2, 3)", tensor(1, 2, 3))
show("tensor(listOf(1.5, 2), listOf(3, 4))", tensor(listOf(1.5, 2), listOf(3, 4)))
show("zeros(2, 3, dtype = f64)", zeros(2, 3, dtype = f64))
show("arange(0, 1, 0.25)", arange(0, 1, 0.25))
show("linspace(0, 1, 5)", linspace(0, 1, 5))
show("eye(2)", eye(2))
show("randn(2, 3) after manualSeed(1)", randn(2, 3))
show("randint(5, high = 10)", randint(5, high = 10))
val numbers = floatArrayOf(1f, 2f, 3f)
val shared = Tensor.wrap(numbers)
numbers[0] = 100f
show("a wrapped array after numbers[0] = 100", shared)
refused("a ragged list") { tensor(listOf(1, 2), listOf(3)) }

chapter("S2 Attributes")
val a = arange(12, dtype = f32).view(3, 4)
val (rows, columns) = a.shape
show("rows, columns, dtype, device", "$rows, $columns, ${a.dtype}, ${a.device.name()}")
show("strides of the transposed matrix", a.T.stride().toList())
refused("dimension 2 of a matrix") { a.sum(2) }

chapter("S3 Indexing")
show("a", a)
show("a[0]", a[0])
show("a[all, 1 until 3]", a[all, 1 until 3])
show("a[1..end, -1]", a[1..end, -1])
show("a[ellipsis, 0..<end step 2]", a[ellipsis, 0..<end step 2])
show("a[a gt 8]", a[a gt 8])
show("a[tensor(0, 2), tensor(1, 3)]", a[tensor(0, 2), tensor(1, 3)])
val filled = ones(4, 4)
filled[ellipsis, -1] = 100
filled[all, 1] = 10
filled[0, 0] += 5
show("ones(4, 4) after three assignments", filled)
refused("a[7]") { a[7] }

chapter("S4 Joining and splitting")
show("cat", Tensor.cat(listOf(a, a)).shape)
show("stack", Tensor.stack(listOf(a, a)).shape)
show("chunks of arange(5)", arange(5).chunk(2))

chapter("S5 Shape and views")
val flat = a.view(12)
flat[0] = -1
show("a[0] after writing into a.view(12)", a[0])
show("a.T.reshape(2, 6)", a.T.reshape(2, 6))
show("a[all, newAxis].shape", a[all, newAxis].shape)
refused("a.T.view(12)") { a.T.view(12) }

chapter("S6 Arithmetic")
show("2.0 * a + 1", 2.0 * a + 1)
show("broadcasting", tensor(listOf(1, 2)).view(1, 2) + tensor(1, 2, 3).view(3, 1))
show("whole numbers divide to floating ones", tensor(1, 2) / 2)
show("-7 % 3, with the sign of the divisor", tensor(-7) % 3)
val target = ones(3)
target[all] = target + tensor(1.0, 2.0, 3.0)
show("target[all] = target + …, in place", target)
refused("[2, 3] + [4]") { ones(2, 3) + ones(4) }
refused("adding 0.5 to whole numbers in place") { tensor(1, 2).add_(0.5) }

chapter("S7 Reductions")
show("a.sum()", a.sum())
show("a.mean(0)", a.mean(0))
val (largest, where) = a.max(1)
show("a.max(1)", "$largest at $where")
show("a.cumsum(1)", a.cumsum(1))
show("a.item<Double>() of one element", a[1, 1].item<Double>())

chapter("S8 Linear algebra")
val m = arange(9).view(3, 3)
show("m `@` m.T", m `@` m.T)
val x = tensor(listOf(1.0, 2.0))
val w = tensor(listOf(1.0), listOf(1.0))
// Named operators bind looser than +: these are x @ (w + 1) and (x @ w) + 1.
show("x `@` w + 1", x `@` w + 1)
show("(x `@` w) + 1", (x `@` w) + 1)
show("trace", m.trace())
show("einsum", Tensor.einsum("ij,kj->ik", m, m)[0])
val (eigenvalues, _) = Linalg.eigh(tensor(listOf(2.0, 1.0), listOf(1.0, 2.0)))
show("eigenvalues", eigenvalues)
refused("the inverse of a singular matrix") { Linalg.inv(ones(2, 2)) }

chapter("S9 Printing")
show("large and small", tensor(1e-6, 1.0, 1e6))
show("a thousand and more", arange(2000))

chapter("S10 Gradients")
val u = ones(2, 2, requiresGrad = true)
val out = ((u + 2) * (u + 2) * 3).mean()
show("out", out)
out.backward()
show("u.grad", u.grad)
u.sum().backward()
show("u.grad after u.sum().backward() too", u.grad)

val t = tensor(2.0, requiresGrad = true)
val first = Autograd.gradWithGraph(t pow 4, t)
val second = Autograd.gradWithGraph(first, t)
show("t^4, its first and its second derivative at 2", listOf(16.0, first.item(), second.item()))

val v = tensor(1.0, requiresGrad = true)
val constant = noGrad { v pow 3 }
((v pow 2) + constant).backward()
show("what noGrad computes is a constant: v.grad", v.grad)

val s = tensor(1.0, 2.0, requiresGrad = true)
val e = s.exp()
val loss = e.sum()
e.mul_(2)
refused("backward through a value that was overwritten") { loss.backward() }

chapter("All of it: a line through noisy points")
val points = rand(100, 1) * 4
val measured = 3 * points - 2 + 0.1 * randn(100, 1)
val line = sequential { linear(1, 1) }
val optimizer = adam(line.parameters(), lr = 0.1)
val lossOf = MSELoss()
for (step in 0..300) {
    val error = lossOf(line(points), measured)
    optimizer.zeroGrad()
    error.backward()
    optimizer.step()
    if (step % 100 == 0) println("step %3d  loss %.4f".format(step, error.item<Double>()))
}
val (slope, offset) = line.parameters().map { it.item<Double>() }
println("slope %.2f, offset %.2f".format(slope, offset))
