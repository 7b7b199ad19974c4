-- zhubi 朱笔 for Neovim 0.11 and later. With this file on the runtime path, `vim.lsp.enable('zhubi')` is all there is to do.

---@type vim.lsp.Config
return {
  cmd = { 'zhubi', 'lsp' },
  filetypes = { 'text', 'markdown' },
  root_markers = { 'zhubi.toml', '.git' },
  root_dir = function(_, start)
    -- The plugin, where it is there, knows whether the program can be run, and says so where it cannot.
    local there, program = pcall(require, 'zhubi.program')
    if not there or program.can_run() then
      -- Without a folder, so that the markers above are looked for.
      start()
    end
  end,
}
