using Microsoft.Playwright;

namespace FlinkDashboard.Tests.Browser;

/// <summary>One headless Chromium for all browser tests of a run.</summary>
public static class Chromium
{
    private static readonly SemaphoreSlim One = new(1, 1);
    private static IBrowser? _browser;

    /// <summary>Where Debian puts it; CHROMIUM names another.</summary>
    public static string Path { get; } = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } set ? set : "/usr/bin/chromium";

    /// <summary>The browser, started by the first who asks. It ends with the process.</summary>
    public static async Task<IBrowser> BrowserAsync()
    {
        await One.WaitAsync();
        try
        {
            return _browser ??= await (await Playwright.CreateAsync()).Chromium.LaunchAsync(new()
            {
                ExecutablePath = Path,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
        }
        finally
        {
            One.Release();
        }
    }
}

/// <summary>A test in a real browser; skipped, with the reason, where there is none.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    /// <summary>Skips without Chromium.</summary>
    public BrowserFactAttribute() => Skip = BrowserSkip.Reason;
}

/// <summary>Tests in a real browser; skipped, with the reason, where there is none.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips without Chromium.</summary>
    public BrowserTheoryAttribute() => Skip = BrowserSkip.Reason;
}

internal static class BrowserSkip
{
    public static string? Reason => File.Exists(Chromium.Path) ? null : $"There is no browser at {Chromium.Path}: install chromium or set CHROMIUM.";
}
