using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>An ingress needs a template that is a URL once its placeholders are filled in.</summary>
internal static partial class IngressTemplateRule
{
    /// <summary>Null, or the operator's message.</summary>
    public static string? Check(DeploymentDraft draft)
    {
        if (draft.Spec["ingress"] is not JsonObject ingress)
            return null;
        if (ingress.Text("template") is not { } template)
            return "Ingress template must be defined";
        var filled = Placeholder().Replace(template, "x");
        var rest = filled.Contains("://", StringComparison.Ordinal) ? filled[(filled.IndexOf("://", StringComparison.Ordinal) + 3)..] : filled;
        var authority = rest.Split('/', '?', '#')[0];
        var port = authority.Contains(':', StringComparison.Ordinal) ? authority[(authority.LastIndexOf(':') + 1)..] : "";
        var wrong = port.Select((c, i) => (c, i)).Where(p => !char.IsAsciiDigit(p.c)).Select(p => (int?)p.i).FirstOrDefault();
        return wrong is { } index ? $"Unable to process the Ingress template({template}). Error: Error at index {index} in: \"{port}\"" : null;
    }

    [GeneratedRegex(@"\{\{(name|namespace)\}\}", RegexOptions.IgnoreCase)]
    private static partial Regex Placeholder();
}
