using System.Reflection;
using System.Runtime.InteropServices;

namespace FlinkDashboard.Features.Settings;

/// <summary>What program this is.</summary>
/// <param name="Version">Informational version of the build, its commit after a plus.</param>
/// <param name="Runtime">".NET 10.0.0".</param>
/// <param name="System">Operating system and processor.</param>
public sealed record AboutApp(string Version, string Runtime, string System)
{
    /// <summary>The running one.</summary>
    public static AboutApp Running { get; } = Of(typeof(AboutApp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);

    /// <summary>A commit is cut to the length one says aloud.</summary>
    public static AboutApp Of(string? version)
    {
        var plus = version?.IndexOf('+') ?? -1;
        var text = string.IsNullOrEmpty(version) ? "unknown" : plus > 0 && version.Length > plus + 9 ? version[..(plus + 9)] : version;
        return new AboutApp(text, RuntimeInformation.FrameworkDescription, $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}");
    }
}
