using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>Broken rules of the operator's validator as problems of a manifest, with the line to mend.</summary>
public static class OperatorProblems
{
    /// <summary>One problem for each breach, in the operator's order.</summary>
    public static IReadOnlyList<FieldProblem> Of(Manifest manifest, IEnumerable<RuleBreach> breaches) => [.. breaches.Select(b =>
    {
        var place = manifest.Nearest(b.Field);
        return new FieldProblem(b.Field, b.Message, ProblemSeverity.Error, ProblemSource.Operator) { Rule = "operator." + b.Field, Line = place?.Line, Column = place?.Column };
    })];
}
