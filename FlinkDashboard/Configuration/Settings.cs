using Microsoft.Extensions.Options;

namespace FlinkDashboard.Configuration;

/// <summary>The settings cannot be used; each line of the message names a key and the rule it breaks.</summary>
public sealed class SettingsException(IEnumerable<string> problems)
    : Exception("The settings cannot be used:\n" + string.Join('\n', problems.Select(p => "- " + p)));

/// <summary>Reads the settings once, at start.</summary>
public static class Settings
{
    /// <summary>Bound and checked settings; throws <see cref="SettingsException"/>.</summary>
    public static DashboardOptions Read(IConfiguration configuration)
    {
        var options = new DashboardOptions();
        try
        {
            configuration.Bind(options);
        }
        catch (InvalidOperationException e)
        {
            // The binder names key, value and type; what the type allows is said by ours.
            throw new SettingsException([$"{e.Message.TrimEnd('.')}. {Allowed(e.Message)}".Trim()]);
        }
        var result = new DashboardOptionsValidator(configuration).Validate(Options.DefaultName, options);
        return result.Failed ? throw new SettingsException(result.Failures) : options;
    }

    private static string Allowed(string message) =>
        message.Contains("'Cluster:Source'", StringComparison.OrdinalIgnoreCase) ? $"It must be one of {string.Join(", ", Enum.GetNames<ClusterSource>())}."
        : message.Contains("'Access:Mode'", StringComparison.OrdinalIgnoreCase) ? $"It must be one of {string.Join(", ", Enum.GetNames<AccessMode>())}."
        : "";
}
