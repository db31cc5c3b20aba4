using System.Text.RegularExpressions;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>What names, label keys, label values and annotation keys may look like (apimachinery, util/validation), with its texts.</summary>
internal static partial class NameRules
{
    private const string SubdomainText = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private const string LabelText = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    private const string ServiceText = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
    private const string QualifiedText = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
    private const string ValueText = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    /// <summary>What is wrong with an object's name.</summary>
    public static IEnumerable<string> Name(ResourceType type, string name)
    {
        if (type.Group == "rbac.authorization.k8s.io" || type == ResourceTypes.Events)
            return PathSegment(name);
        if (type == ResourceTypes.Namespaces)
            return Limited(name, 63, LabelPattern(), LabelText);
        return type == ResourceTypes.Services ? Limited(name, 63, ServicePattern(), ServiceText) : Subdomain(name);
    }

    /// <summary>What is wrong with a generateName: the name's rules, without the part that is still to come.</summary>
    public static IEnumerable<string> Prefix(ResourceType type, string prefix) =>
        Name(type, prefix.Length > 1 && prefix.EndsWith('-') ? $"{prefix[..^1]}a" : prefix);

    /// <summary>What is wrong with the name of a namespace that an object stands in.</summary>
    public static IEnumerable<string> NamespaceName(string name) => Limited(name, 63, LabelPattern(), LabelText);

    /// <summary>What is wrong with a label key, a finalizer, or (lower-cased) an annotation key.</summary>
    public static IEnumerable<string> QualifiedName(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2)
            return [$"a qualified name {QualifiedText} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        var problems = new List<string>();
        if (parts.Length == 2 && parts[0].Length == 0)
            problems.Add("prefix part must be non-empty");
        else if (parts.Length == 2)
            problems.AddRange(Subdomain(parts[0]).Select(m => $"prefix part {m}"));
        var name = parts[^1];
        if (name.Length == 0)
            problems.Add("name part must be non-empty");
        else if (name.Length > 63)
            problems.Add("name part must be no more than 63 bytes");
        if (!QualifiedPattern().IsMatch(name))
            problems.Add($"name part {QualifiedText}");
        return problems;
    }

    /// <summary>What is wrong with a label value.</summary>
    public static IEnumerable<string> LabelValue(string value)
    {
        if (value.Length > 63)
            yield return "must be no more than 63 bytes";
        if (value.Length > 0 && !QualifiedPattern().IsMatch(value))
            yield return ValueText;
    }

    private static IEnumerable<string> Subdomain(string name) => Limited(name, 253, SubdomainPattern(), SubdomainText);

    private static IEnumerable<string> Limited(string name, int most, Regex pattern, string text)
    {
        if (name.Length > most)
            yield return $"must be no more than {most} bytes";
        if (!pattern.IsMatch(name))
            yield return text;
    }

    // Roles and events are named freely; only what would break a URL is refused.
    private static IEnumerable<string> PathSegment(string name)
    {
        if (name is "." or "..")
            yield return $"may not be '{name}'";
        foreach (var wrong in new[] { "/", "%" }.Where(c => name.Contains(c, StringComparison.Ordinal)))
            yield return $"may not contain '{wrong}'";
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex SubdomainPattern();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex LabelPattern();

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex ServicePattern();

    [GeneratedRegex(@"^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z")]
    private static partial Regex QualifiedPattern();
}
