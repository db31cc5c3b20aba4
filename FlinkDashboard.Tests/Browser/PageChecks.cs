using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>What holds of every page, on a page that is open: opening it again for each theme and width would take four times as long and find nothing more.</summary>
public static class PageChecks
{
    // The rules that a theme can break; all others read what is the same in both.
    private static readonly AxeRunOptions Colours = new() { RunOnly = RunOnlyOptions.Rules("color-contrast", "link-in-text-block"), ResultTypes = [ResultType.Violations] };
    private static readonly AxeRunOptions Everything = new() { ResultTypes = [ResultType.Violations] };

    /// <summary>No serious or critical finding of axe as the page stands.</summary>
    public static Task AxeAsync(this IPage page) => AxeAsync(page, Everything);

    /// <summary>The same in the theme the page has and in the other.</summary>
    public static async Task AxeInBothThemesAsync(this IPage page)
    {
        await page.AxeAsync();
        var dark = await page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches");
        await page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Light : ColorScheme.Dark });
        await page.RestAsync();
        await AxeAsync(page, Colours);
    }

    /// <summary>
    /// Nothing makes the page scroll sideways on a phone, nor in what a window of 1440 x 900 leaves at 200 % zoom (WCAG 1.4.4 and 1.4.10). The window stays as small as a phone's.
    /// </summary>
    public static async Task FitsPhoneAndZoomAsync(this IPage page)
    {
        foreach (var (width, height) in new[] { (720, 450), (390, 844) })
        {
            await page.SetViewportSizeAsync(width, height);
            await page.RestAsync();
            var wide = await page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, document.getElementById('content').scrollWidth)");
            Assert.True(wide <= width + 1, $"{page.Url} is {wide} px wide in a window of {width} px");
        }
    }

    /// <summary>All of it, and that nothing broke on the way.</summary>
    public static async Task HoldsAsync(this IPage page)
    {
        await page.AxeInBothThemesAsync();
        await page.FitsPhoneAndZoomAsync();
        await Expect(page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
    }

    // Drawn as it will stay: charts take a new width a frame later, colours pass over into each other.
    private static Task RestAsync(this IPage page) => page.EvaluateAsync("""
        async () => {
          for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
          await Promise.allSettled(document.getAnimations().filter(a => a.effect?.getTiming().iterations !== Infinity).map(a => a.finished));
        }
        """);

    private static async Task AxeAsync(IPage page, AxeRunOptions options)
    {
        var theme = await page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches") ? "dark" : "light";
        var result = await page.RunAxe(options);
        Assert.Empty(result.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{theme}: {v.Id}: {v.Help} ({string.Join("; ", v.Nodes.Take(3).Select(n => n.Html))})"));
    }
}
