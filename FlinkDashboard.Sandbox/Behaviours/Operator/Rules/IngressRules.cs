using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Rules;

/// <summary>The ingress template: placeholders filled in, then read as a URL (utils/IngressUtils).</summary>
public static partial class IngressRules
{
    /// <summary>The first error, or null.</summary>
    public static string? Error(JsonNode? ingress, string ns, string name)
    {
        if (ingress is null)
            return null;
        if ((string?)ingress["template"] is not { } template)
            return "Ingress template must be defined";
        var authority = Filled(template, ns, name).Split("://")[^1].Split('/')[0];
        var port = authority.Contains(':', StringComparison.Ordinal) ? authority[(authority.LastIndexOf(':') + 1)..] : "";
        var wrong = port.TakeWhile(char.IsAsciiDigit).Count();
        return wrong < port.Length
            ? $"Unable to process the Ingress template({template}). Error: Error at index {wrong} in: \"{port}\""
            : null;
    }

    /// <summary>Host and path of the address an ingress is made for.</summary>
    public static (string? Host, string Path) Address(string template, string ns, string name)
    {
        var text = Filled(template, ns, name).Split("://")[^1];
        var slash = text.IndexOf('/');
        var host = slash < 0 ? text : text[..slash];
        return (host.Length == 0 ? null : host, slash < 0 ? "" : text[slash..]);
    }

    private static string Filled(string template, string ns, string name) =>
        NamespacePlace().Replace(NamePlace().Replace(template, name), ns);

    [GeneratedRegex(@"\{\{name\}\}", RegexOptions.IgnoreCase)]
    private static partial Regex NamePlace();

    [GeneratedRegex(@"\{\{namespace\}\}", RegexOptions.IgnoreCase)]
    private static partial Regex NamespacePlace();
}
