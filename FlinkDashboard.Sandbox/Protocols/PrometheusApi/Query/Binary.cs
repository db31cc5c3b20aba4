using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

/// <summary>Operators between two values.</summary>
internal static class Binary
{
    /// <summary>Two numbers; comparisons give 1 or 0.</summary>
    public static double Scalars(string op, double a, double b) => op switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => a / b,
        "%" => a % b,
        "^" => Math.Pow(a, b),
        "atan2" => Math.Atan2(a, b),
        "==" => a == b ? 1 : 0,
        "!=" => a != b ? 1 : 0,
        ">" => a > b ? 1 : 0,
        "<" => a < b ? 1 : 0,
        ">=" => a >= b ? 1 : 0,
        _ => a <= b ? 1 : 0,
    };

    /// <summary>Vector with vector, or with a number.</summary>
    public static IReadOnlyList<Sample> Vectors(BinaryExpression binary, Evaluator evaluator, long at)
    {
        if (binary.Left.Type == PromType.Vector && binary.Right.Type == PromType.Vector)
        {
            var (left, right) = (evaluator.Vector(binary.Left, at), evaluator.Vector(binary.Right, at));
            var key = evaluator.Memo(binary, l => Key(binary.Matching, l));
            return binary.Combines ? Sets(binary, left, right, key) : Matched(binary, left, right, key, evaluator);
        }
        var vectorLeft = binary.Left.Type == PromType.Vector;
        var number = evaluator.Scalar(vectorLeft ? binary.Right : binary.Left, at);
        var result = new List<Sample>();
        foreach (var sample in evaluator.Vector(vectorLeft ? binary.Left : binary.Right, at))
        {
            var value = vectorLeft ? Scalars(binary.Op, sample.Value, number) : Scalars(binary.Op, number, sample.Value);
            if (!binary.Compares || binary.Bool)
                result.Add(new(sample.Labels.Nameless, value));
            else if (value == 1)
                result.Add(sample);
        }
        return result;
    }

    private static LabelSet Key(Matching matching, LabelSet labels) =>
        matching.On ? labels.Keep(matching.Labels) : labels.Drop([.. matching.Labels, LabelSet.NameLabel]);

    private static List<Sample> Sets(BinaryExpression binary, IReadOnlyList<Sample> left, IReadOnlyList<Sample> right, LabelMemo key)
    {
        var there = (binary.Op == "or" ? left : right).Select(s => key[s.Labels]).ToHashSet();
        return binary.Op switch
        {
            "and" => [.. left.Where(s => there.Contains(key[s.Labels]))],
            "unless" => [.. left.Where(s => !there.Contains(key[s.Labels]))],
            _ => [.. left, .. right.Where(s => !there.Contains(key[s.Labels]))],
        };
    }

    private static List<Sample> Matched(BinaryExpression binary, IReadOnlyList<Sample> left, IReadOnlyList<Sample> right, LabelMemo keys, Evaluator evaluator)
    {
        var matching = binary.Matching;
        var swapped = matching.Many == "right";
        var (many, one) = swapped ? (right, left) : (left, right);
        var ones = new Dictionary<LabelSet, Sample>();
        foreach (var sample in one)
        {
            var key = keys[sample.Labels];
            if (!ones.TryAdd(key, sample))
                throw QueryError.Execution($"found duplicate series for the match group {Braced(key)} on the {(swapped ? "left" : "right")} hand-side of the operation: [{Braced(sample.Labels)}, {Braced(ones[key].Labels)}];many-to-many matching not allowed: matching labels must be unique on one side");
        }
        var result = new Dictionary<LabelSet, Sample>();
        var used = new HashSet<LabelSet>();
        foreach (var sample in many)
        {
            var key = keys[sample.Labels];
            if (!ones.TryGetValue(key, out var other))
                continue;
            var value = swapped ? Scalars(binary.Op, other.Value, sample.Value) : Scalars(binary.Op, sample.Value, other.Value);
            if (binary.Compares && !binary.Bool)
            {
                if (value != 1)
                    continue;
                value = sample.Value;
            }
            if (matching.Many.Length == 0 && !used.Add(key))
                throw QueryError.Execution("multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
            var labels = evaluator.Memo(binary, l => Result(binary, l, other.Labels), matching.Many.Length > 0 ? other.Labels : matching)[sample.Labels];
            if (!result.TryAdd(labels, new(labels, value)))
                throw QueryError.Execution("multiple matches for labels: grouping labels must ensure unique matches");
        }
        return [.. result.Values];
    }

    private static LabelSet Result(BinaryExpression binary, LabelSet many, LabelSet one)
    {
        var labels = !binary.Compares || binary.Bool ? many.Nameless : many;
        if (binary.Matching.Many.Length == 0)
            return binary.Matching.On ? labels.Keep(binary.Matching.Labels) : labels.Drop(binary.Matching.Labels);
        foreach (var name in binary.Matching.Include)
            labels = labels.With(name, one[name]);
        return labels;
    }

    private static string Braced(LabelSet labels) => "{" + string.Join(", ", labels.All.Select(l => $"{l.Key}=\"{l.Value}\"")) + "}";
}
