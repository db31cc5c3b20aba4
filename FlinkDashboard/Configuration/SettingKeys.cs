using System.Reflection;

namespace FlinkDashboard.Configuration;

/// <summary>The keys of <see cref="DashboardOptions"/>, read from its properties so that documents and checks cannot drift from the code.</summary>
public static class SettingKeys
{
    /// <summary>Every key with its default as text, in declaration order. A list has the key of the list itself.</summary>
    public static IReadOnlyList<(string Key, string Default)> All { get; } = [.. Walk(typeof(DashboardOptions), new DashboardOptions(), "")];

    /// <summary>Sentences about keys in <paramref name="configuration"/> that stand below a section of ours and mean nothing.</summary>
    public static IEnumerable<string> Unknown(IConfiguration configuration) =>
        from section in typeof(DashboardOptions).GetProperties().Where(p => IsSection(p.PropertyType)).Select(p => p.Name)
        from key in configuration.GetSection(section).GetChildren().Select(c => $"{section}:{c.Key}")
        where !All.Any(s => s.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
        select $"{key} is not a setting. Known below {section}: {string.Join(", ", All.Where(s => s.Key.StartsWith(section + ":", StringComparison.Ordinal)).Select(s => s.Key))}.";

    private static IEnumerable<(string, string)> Walk(Type type, object instance, string prefix) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(p => IsSection(p.PropertyType)
            ? Walk(p.PropertyType, p.GetValue(instance)!, $"{prefix}{p.Name}:")
            : [(prefix + p.Name, p.GetValue(instance) is string or ValueType ? string.Create(null, $"{p.GetValue(instance)}") : "")]);

    private static bool IsSection(Type type) => type.IsClass && type.Namespace == typeof(DashboardOptions).Namespace;
}
