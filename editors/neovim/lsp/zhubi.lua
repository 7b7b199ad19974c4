-- zhubi 朱笔 for Neovim 0.11 and later. With this file on the runtime path, `vim.lsp.enable('zhubi')` is all there is to do.

---@type vim.lsp.Config
return {
  cmd = { 'zhubi', 'lsp' },
  filetypes = { 'text', 'markdown' },
  root_markers = { 'zhubi.toml', '.git' },
}
